import type { Scenario } from '../rig/stage.ts'
import { slowDisk } from './disk.ts'
import { erased } from './erasure.ts'
import { exhaustion } from './exhaustion.ts'
import { handedAway } from './handed-away.ts'
import { malformed } from './malformed.ts'
import { badLines, lostAcknowledgements, reloaded, slowReaders } from './network.ts'
import { frozenNode, killedNode } from './nodes.ts'
import { heldByOthers, partitioned, postgresRestarted } from './postgres.ts'
import { redisRestarted, redisSilent, redisThrottled } from './redis.ts'
import { otherContent, sentFiftyTimes } from './requests.ts'
import { revoked, takenAtOnce } from './rights.ts'
import { roaming } from './roaming.ts'
import { reconnectStorm } from './storm.ts'

/** What is played on three nodes that are started once. */
export const onThreeNodes: readonly Scenario[] = [
  killedNode,
  frozenNode,
  redisRestarted,
  redisSilent,
  redisThrottled,
  postgresRestarted,
  heldByOthers,
  partitioned,
  badLines,
  lostAcknowledgements,
  slowReaders,
  malformed,
  exhaustion,
  reconnectStorm,
  sentFiftyTimes,
  otherContent,
  reloaded,
  roaming,
  erased,
  revoked,
  handedAway,
  takenAtOnce,
  slowDisk,
]
