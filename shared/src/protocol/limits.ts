/** Start values with their reasons in docs/security.md; the server decides, clients only spare a round trip. */
export const limits = {
  textCodePoints: 5_000,
  textBytes: 20_000,
  nameCodePoints: 80,
  answerCodePoints: 2_000,
  reasonCodePoints: 500,
  leastRevealReason: 3,
  revealReasonCodePoints: 200,
  /** Ways to reach a customer that one member may have shown within 24 hours. */
  revealsPerDay: 20,
  filesPerMessage: 5,
  /** Of one side of a conversation, waiting for a moderator. */
  heldMessages: 20,
  buyersInRoom: 20,
  imageBytes: 10 * 1024 * 1024,
  fileBytes: 25 * 1024 * 1024,
  pageOfEvents: 200,
  pageOfRows: 50,
  pageOfBoard: 100,
  /** Shortcuts with keys of a person's own. */
  ownKeys: 100,
} as const
