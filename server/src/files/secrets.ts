const telltaleNames =
  /(?:\.(?:har|pem|key|p12|pfx|jks|keystore|kdbx|ppk|env)|(?:^|[._-])id_(?:rsa|dsa|ecdsa|ed25519)(?:\.txt)?|^\.env(?:\.[a-z]{1,20}){1,3})$/i

// Every repetition is bounded: the text may be 25 MB of whatever makes a pattern slow.
const privateKey = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/
const recordedRequests = /"log"\s{0,20}:\s{0,20}\{/
const recordedSignIn = /"name"\s{0,20}:\s{0,20}"(?:set-cookie|cookie|authorization)"/i
const signInLine =
  /^[ \t>*<-]{0,8}(?:(?:set-)?cookie:[ \t]{0,8}\S{1,200}=\S{8}|authorization:[ \t]{0,8}(?:bearer|basic)[ \t]{1,8}\S{8})/im
const secretSetting =
  /^[ \t]{0,8}(?:export[ \t]{1,8})?[A-Z0-9_]{0,60}(?:SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|DATABASE_URL)[A-Z0-9_]{0,60}[ \t]{0,8}=[ \t]{0,8}['"]?[^\s'"]{6}/m
const cloudKey = /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/

/** Named like something that opens doors: recordings of requests, keys, settings with passwords. */
export function isNamedLikeSecret(name: string): boolean {
  return telltaleNames.test(name)
}

/** Says whether a text holds sign-in cookies, private keys or passwords that a conversation must not store. */
export function holdsSecret(text: string): boolean {
  if (recordedRequests.test(text) && recordedSignIn.test(text)) return true
  return [privateKey, signInLine, secretSetting, cloudKey].some((pattern) => pattern.test(text))
}
