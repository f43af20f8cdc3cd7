import { config } from 'zod'

// The console's policy forbids code made from strings; without this each load would report an attempt.
config({ jitless: true })
