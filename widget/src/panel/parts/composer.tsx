import type { SentFile } from '@parley/shared/protocol/events.ts'
import { Component } from 'preact'
import { say } from '../../i18n/words.ts'
import { connection } from '../connect.ts'
import { hasWritten } from '../sound.ts'
import { getState, keep, recall, site } from '../state.ts'
import { Icon } from './icon.tsx'
import { part } from './later.ts'

const longest = 5_000
const typingMs = 3_000
/** Text as it is typed, where the notice says that it is shown. */
const previewMs = 400
const files = part(() => import('../files.ts'))
const emoji = part(() => import('../emoji.ts'))

/** Half a sign, or none at all: the server would refuse it, and here it can still be corrected. */
const isUnstorable = (text: string) => /\0|\p{Cs}/u.test(text)

interface Props {
  conversationId: string | null
  placeholder: string
  problem: string | null
  send: (text: string, files: SentFile[]) => void
}

interface State {
  text: string
  problem: string | null
  picked: File[]
  isPicking: boolean
  uploads: SentFile[]
  isUploading: boolean
  round: number
}

const over = (event: Event) => event.preventDefault()
const isTouched = () => matchMedia('(pointer: coarse)').matches

/** One composer takes the place of another under somebody's hands: the keyboard of a phone stays. */
let hadFocus = false

/** A class: hooks come with the open thread, and the first message does not wait for that. */
export class Composer extends Component<Props, State> {
  private readonly draft = `draft:${this.props.conversationId ?? ''}`
  private area: HTMLTextAreaElement | null = null
  private input: HTMLInputElement | null = null
  private typedAt = 0
  private isSendWished = false

  override state: State = {
    text: recall(this.draft) ?? '',
    problem: this.props.problem,
    picked: [],
    isPicking: false,
    uploads: [],
    isUploading: false,
    round: 0,
  }

  private put(text: string): void {
    const { conversationId } = this.props
    this.setState({ text, problem: null })
    keep(this.draft, text || null)
    if (!conversationId) return
    const isTyping = text.trim() !== ''
    const isPreviewed = isTyping && site.typingPreview
    if (isTyping && Date.now() - this.typedAt < (isPreviewed ? previewMs : typingMs)) return
    this.typedAt = isTyping ? Date.now() : 0
    connection.hint('typing', {
      conversationId,
      isTyping,
      ...(isPreviewed && { text: text.slice(-longest) }),
    })
  }

  private submit(): void {
    const { text, uploads, isUploading, round } = this.state
    const length = [...text.trim()].length
    if (length > longest) return this.setState({ problem: say('messageLong', length, longest) })
    if (isUnstorable(text)) return this.setState({ problem: say('unstorable') })
    this.area?.focus()
    // Sent once the files are there: nobody should have to wait and press again.
    this.isSendWished = isUploading
    if (isUploading || this.isEmpty()) return
    this.put('')
    this.setState({ uploads: [], picked: [], round: round + 1 })
    this.props.send(text.trim(), uploads)
    // Last: a browser that refuses to sound refuses no message.
    hasWritten()
  }

  private isEmpty(): boolean {
    return !(this.state.text.trim() || this.state.uploads.length)
  }

  private readonly onKeyDown = (event: KeyboardEvent) => {
    // On a phone Enter breaks the line; a word still being composed is not finished either.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || isTouched()) return
    event.preventDefault()
    this.submit()
  }

  private pick(list: Iterable<File>): void {
    const added = [...list]
    if (added.length > 0) this.setState({ picked: [...this.state.picked, ...added], isUploading: true })
  }

  private readonly drop = (event: DragEvent) => {
    event.preventDefault()
    this.pick(event.dataTransfer?.files ?? [])
  }

  override componentDidMount(): void {
    addEventListener('dragover', over)
    addEventListener('drop', this.drop)
    if (getState().isShown && (hadFocus || !isTouched())) this.area?.focus()
  }

  override componentWillUnmount(): void {
    hadFocus = document.activeElement === this.area
    removeEventListener('dragover', over)
    removeEventListener('drop', this.drop)
  }

  override render({ conversationId, placeholder }: Props) {
    const { text, problem, picked, isPicking, isUploading, round } = this.state
    const filesPart = files.now(picked.length > 0)
    const emojiPart = emoji.now(isPicking)
    return (
      <div class="composer-place">
        {filesPart && picked.length > 0 && (
          <filesPart.Uploads
            key={round}
            picked={picked}
            conversationId={conversationId}
            onChange={(uploads, isBusy) =>
              this.setState({ uploads, isUploading: isBusy }, () => {
                if (!isBusy && this.isSendWished) this.submit()
              })
            }
            onProblem={(problem) => this.setState({ problem })}
          />
        )}
        {emojiPart && isPicking && (
          <emojiPart.Picker
            onPick={(sign) => {
              const at = this.area?.selectionStart ?? text.length
              this.put(text.slice(0, at) + sign + text.slice(this.area?.selectionEnd ?? at))
            }}
            onClose={() => {
              this.setState({ isPicking: false })
              this.area?.focus()
            }}
          />
        )}
        {problem && (
          <p class="error" role="alert">
            <Icon name="alert" small />
            {problem}
          </p>
        )}
        <form
          class="composer"
          onSubmit={(event) => {
            event.preventDefault()
            this.submit()
          }}
        >
          <button type="button" class="round" aria-label={say('attach')} onClick={() => this.input?.click()}>
            <Icon name="clip" />
          </button>
          <input
            ref={(input) => {
              this.input = input
            }}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              this.pick(event.currentTarget.files ?? [])
              event.currentTarget.value = ''
            }}
          />
          <textarea
            ref={(area) => {
              this.area = area
            }}
            data-first
            rows={1}
            dir="auto"
            value={text}
            placeholder={placeholder}
            aria-label={say('write')}
            onInput={(event) => this.put(event.currentTarget.value)}
            onKeyDown={this.onKeyDown}
            onPaste={(event) => {
              const pasted = event.clipboardData?.files
              if (!pasted?.length) return
              event.preventDefault()
              this.pick(pasted)
            }}
          />
          <button
            type="button"
            class="round emoji-button"
            aria-label={say('emoji')}
            aria-expanded={isPicking}
            onClick={() => this.setState({ isPicking: !isPicking })}
          >
            <Icon name="smile" />
          </button>
          <button
            type="submit"
            class={`round send${this.isEmpty() || isUploading ? '' : ' ready'}`}
            aria-label={say('send')}
          >
            <span>
              <Icon name="send" />
            </span>
          </button>
        </form>
      </div>
    )
  }
}
