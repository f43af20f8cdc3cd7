/** This machine lacks what a scenario needs; the message says what. */
export class Unplayable extends Error {}
