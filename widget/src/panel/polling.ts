import 'virtual:engine-with-polling'

export { XHR as Polling } from 'socket.io-client'
