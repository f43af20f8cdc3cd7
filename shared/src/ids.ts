/** Ids are opaque random strings; the brand keeps one kind from standing in for another. */
declare const brand: unique symbol
type Id<Kind extends string> = string & { readonly [brand]?: Kind }

export type SiteId = Id<'site'>
export type ConversationId = Id<'conversation'>
export type MessageId = Id<'message'>
export type ContactId = Id<'contact'>
export type VisitorId = Id<'visitor'>
export type MemberId = Id<'member'>
export type VendorId = Id<'vendor'>
export type QueueId = Id<'queue'>
export type FileId = Id<'file'>
/** Made by the sender; the same id sent again is the same wish (8 to 64 of A-Z a-z 0-9 _ -). */
export type RequestId = Id<'request'>
