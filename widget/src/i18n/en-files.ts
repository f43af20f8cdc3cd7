/** English, the words of files. */
export const enFiles = {
  file: 'File',
  photo: 'Photo',
  download: 'Download {0}',
  uploading: '{0} %',
  bytes: '{0} B',
  kilobytes: '{0} kB',
  megabytes: '{0} MB',
  fileKind: 'This kind of file cannot be sent. Photos, PDF, text, sound and video can.',
  fileLarge: '{0} is {1}. Files can be up to {2}.',
  fileQuota: 'This is more than can be sent in one day.',
  fileSecret: 'This file seems to hold a password or key, so it was not sent.',
  fileBlocked: 'This file was found to be harmful and was not sent.',
  fileBad: 'This file could not be read. Please try another one.',
  fileEmpty: 'This file is empty.',
  filesMany: 'A message can carry up to {0} files.',
}

export type FilesWords = typeof enFiles
