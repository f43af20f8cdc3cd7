/** When the holder of a certificate was told that it ends soon. */
export const toldTraining = {
  id: '012-told-training',
  up: 'alter table training_certificates add column told_at timestamptz;',
}
