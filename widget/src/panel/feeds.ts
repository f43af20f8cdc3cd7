import './follow.ts'
import './tell-events.ts'
