import type { Review, ReviewRow } from '@parley/shared/protocol/reviews.ts'
import { ArrowDown, ArrowUp, ClipboardCheck, Undo2 } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { useConsoleCommands } from '../acts/console-commands.ts'
import { Empty } from '../parts/empty.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { showToast } from '../parts/toast.tsx'
import { useAsk } from '../settings/parts/use-ask.ts'
import { width } from '../shell/width.ts'
import { Disagreements } from './disagreements.tsx'
import { ReviewList } from './review-list.tsx'
import { ReviewPane } from './review-pane.tsx'
import styles from './reviews.module.css'
import { useReviewList } from './use-review-list.ts'
import { useIsReviewer } from './use-reviewer.ts'
import { addressOf, type ReviewsView, viewsFor, viewWords } from './views.ts'

/** What is to be reviewed, what came of it, and what was said about one's own work. */
export function Reviews() {
  const isReviewer = useIsReviewer()
  if (isReviewer === undefined)
    return (
      <div class={styles.loading}>
        <Skeleton lines={6} />
      </div>
    )
  return <Place views={viewsFor(isReviewer)} />
}

function Place({ views }: { views: readonly ReviewsView[] }) {
  const { params } = useRoute()
  const { route } = useLocation()
  const view = views.find((one) => one === params.view) ?? views[0] ?? 'mine'
  const reviewId = params.reviewId === undefined ? undefined : decodeURIComponent(params.reviewId)
  useEffect(() => {
    document.title = `${viewWords[view]} · Reviews · Parley`
  }, [view])
  const isAlone = width.value === 'phone'
  const showsList = !isAlone || reviewId === undefined

  return view === 'disagreements' ? (
    <Differing {...{ views, view, reviewId, isAlone, showsList, route }} />
  ) : (
    <Listed key={view} {...{ views, view, reviewId, isAlone, showsList, route }} />
  )
}

interface PlaceProps<View extends ReviewsView> {
  views: readonly ReviewsView[]
  view: View
  reviewId: string | undefined
  isAlone: boolean
  showsList: boolean
  route: (path: string) => void
}

function Listed(props: PlaceProps<Exclude<ReviewsView, 'disagreements'>>) {
  const { view, reviewId, route } = props
  const list = useReviewList(view)
  const next = useMoves(list.rows ?? [], view, reviewId, route)

  function finished() {
    showToast({ text: 'Reviewed. Whoever answered sees it now.' })
    void list.reload()
    route(next === undefined ? addressOf(view) : addressOf(view, next))
  }
  return (
    <Frame {...props} list={<ReviewList list={list} view={view} selected={reviewId} />}>
      {reviewId !== undefined && (
        <ReviewPane
          key={reviewId}
          reviewId={reviewId}
          view={view}
          onChanged={(review: Review) => list.put(review)}
          onFinished={finished}
        />
      )}
    </Frame>
  )
}

function Differing(props: PlaceProps<'disagreements'>) {
  const [days, setDays] = useState(30)
  const page = useAsk('listDisagreements', { days })
  useMoves(page.value?.list ?? [], 'disagreements', props.reviewId, props.route)
  return (
    <Frame
      {...props}
      list={<Disagreements page={page} days={days} selected={props.reviewId} onDays={setDays} />}
    >
      {props.reviewId !== undefined && (
        <ReviewPane
          key={props.reviewId}
          reviewId={props.reviewId}
          view="disagreements"
          onChanged={() => void page.reload()}
          onFinished={() => void page.reload()}
        />
      )}
    </Frame>
  )
}

function Frame(
  props: PlaceProps<ReviewsView> & {
    list: ComponentChildren
    children: ComponentChildren
  },
) {
  const { views, view, reviewId, isAlone, showsList, route, list, children } = props
  return (
    <div class={styles.reviews}>
      {showsList && (
        <section class={styles.list} aria-label="Reviews" data-region="list">
          <h1 class={styles.heading}>Reviews</h1>
          {views.length > 1 && (
            <Tabs
              label="Reviews"
              tabs={views.map((id) => ({ id, label: viewWords[id] }))}
              selected={view}
              onSelect={(id) => route(addressOf(id))}
            />
          )}
          <div class={styles.scroll}>{list}</div>
        </section>
      )}
      {reviewId !== undefined
        ? children
        : !isAlone && (
            <div class={styles.none}>
              <Empty icon={ClipboardCheck} title="Choose one on the left">
                The conversation opens here, with the scorecard beside it.
              </Empty>
            </div>
          )}
    </div>
  )
}

/** J and K through the list, Esc back to it; answers the one that comes after. */
function useMoves(
  rows: readonly ReviewRow[],
  view: ReviewsView,
  reviewId: string | undefined,
  route: (path: string) => void,
): string | undefined {
  const at = rows.findIndex((row) => row.reviewId === reviewId)
  const go = (to: number) => {
    const row = rows[to]
    if (row) route(addressOf(view, row.reviewId))
  }
  useConsoleCommands('reviews', [
    {
      group: 'Go to',
      label: 'Next review',
      icon: ArrowDown,
      shortcut: 'next',
      isUnlisted: true,
      run: () => go(at + 1),
    },
    {
      group: 'Go to',
      label: 'Previous review',
      icon: ArrowUp,
      shortcut: 'previous',
      isUnlisted: true,
      run: () => go(at === -1 ? rows.length - 1 : at - 1),
    },
    {
      group: 'Go to',
      label: 'Back to the list of reviews',
      icon: Undo2,
      shortcut: 'back',
      isUnlisted: true,
      run: () => route(addressOf(view)),
    },
  ])
  return rows[at + 1]?.reviewId
}
