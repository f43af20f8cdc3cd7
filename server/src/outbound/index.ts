export { type AllowList, readAllowList } from './addresses.ts'
export { checkUrl } from './check-url.ts'
export { type Answered, type Failure, NotReached, post, type Resolve } from './post.ts'
