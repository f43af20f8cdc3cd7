/** What only polling needs of the engine, put back by the build. */
declare module 'virtual:engine-with-polling'
