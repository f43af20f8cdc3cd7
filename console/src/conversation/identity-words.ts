/** Whether somebody is who they say: the shop has signed it, or nobody has. */
export function identityWords(
  isVerified: boolean,
  siteName: string | undefined,
): { word: string; how: string } {
  return isVerified
    ? { word: 'Verified', how: `Signed in at ${siteName ?? 'the shop'}` }
    : { word: 'Guest', how: 'Not signed in, not verified' }
}
