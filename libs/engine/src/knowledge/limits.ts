/** So many rows one piece of knowledge has, at most: a model of several sources takes the cube of their number. */
export const mostRows = 300;
/** And all that plans are made with at a time. */
export const mostRowsInUse = 600;
export const mostInUse = 12;
export const mostTableBytes = 1024 * 1024;
