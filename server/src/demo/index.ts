export { demoAssetsDir } from './assets.ts'
export { buyers, marlow, orders, products, staff, vendorMembers, vendors } from './cast.ts'
export { createDemo } from './demo.ts'
export { identityToken } from './identity-token.ts'
