/** Seconds since a moment given in milliseconds of the system's clock, in words. */
export const secondsSince = (began: number): string => {
  const seconds = (performance.timeOrigin + performance.now() - began) / 1000;
  return `${seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0)} s`;
};

/** When this process began, unless whoever started it says that it began earlier. */
export const processBegan = (): number => performance.timeOrigin;
