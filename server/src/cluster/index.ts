export { type Bus, createBus } from './bus.ts'
export type { CounterStore } from './counters.ts'
