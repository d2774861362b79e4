/** Where to go in the code: line and column from 1, so many characters of it; and perhaps text to put in above the line. */
export type Spot = { path: string; line: number; column?: number; length?: number; insert?: string };
