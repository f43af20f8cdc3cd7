export { buyerRoomEvents, checkBuyers } from './open-buyer-room.ts'
export { vendorRoomEvents } from './start-vendor-room.ts'
export { buyersBySub, listRoomVendors, otherVendor, roomsOf } from './store.ts'
export {
  areRoomsOnFor,
  buyerRooms,
  haveRoomsGone,
  refuseWithoutRooms,
  vendorsWithRooms,
  withRooms,
} from './switched-on.ts'
