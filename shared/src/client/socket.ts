/** The part of a Socket.IO client that the connection uses; widget and console bring their own build of it. */
export interface WireSocket {
  on(name: string, listener: (...values: never[]) => void): unknown
  emit(name: string, ...values: unknown[]): unknown
  connect(): unknown
  disconnect(): unknown
}

/** Called before every connect, so that each carries fresh credentials. */
export type Auth = (give: (hello: object) => void) => void
