/** What happened and what to do, by reason, for people who read the answer itself; clients translate by reason. */
export const problemDetails: ReadonlyMap<string, string> = new Map([
  ['signIn.needed', 'You are not signed in, or your session has ended. Sign in and try again.'],
  ['body.length', 'The request does not say how long it is. Send it with a Content-Length.'],
  ['file.missing', 'The request carries no file. Send it as the form field “file”.'],
  ['file.tooLarge', 'The file is too large. Pictures may have 10 MB, other files 25 MB.'],
  [
    'file.type',
    'This kind of file cannot be sent, or its content is not what its name says. Send a picture (PNG, JPEG, WebP, GIF), a PDF, a text file, sound (MP3, M4A, OGG) or an MP4 film.',
  ],
  ['file.empty', 'The file is empty. Choose another one.'],
  ['file.pixels', 'The picture is too large. Pictures may have 40 megapixels.'],
  ['file.quota', 'You have uploaded as much as is possible in one day. Try again later.'],
  [
    'file.secret',
    'The file seems to hold passwords, keys or sign-in cookies. Remove them and send it again; nobody here needs them.',
  ],
  ['file.blocked', 'The virus check stopped this file. It was not kept.'],
  ['file.scanner', 'The virus check does not answer, so the file was not kept. Try again in a moment.'],
  ['file.busy', 'Too many files are being uploaded at once. Try again in a moment.'],
  ['file.unknown', 'One of the files is not there any more. Attach it again.'],
  ['mail.address', 'This e-mail address cannot be written to. Check it and try again.'],
  ['mail.tooOften', 'Enough mail was sent to this address for now. Try again later.'],
  ['mail.off', 'This site sends no mail.'],
])
