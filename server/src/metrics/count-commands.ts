import { commands } from '@parley/shared/protocol/commands.ts'
import type { Dispatch } from '../app/dispatch.ts'
import type { Figures } from './figures.ts'

/** A name that is no command counts as such: whoever makes names up must not make figures. */
export function countCommands(dispatch: Dispatch, figures: Pick<Figures, 'noteCommand'>): Dispatch {
  return async (actor, name, wish, origin) => {
    const outcome = await dispatch(actor, name, wish, origin)
    figures.noteCommand(Object.hasOwn(commands, name) ? name : 'unknown', outcome)
    return outcome
  }
}
