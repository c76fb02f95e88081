/** Looks at most once in so many seconds, however many ask; who asks meanwhile gets the same answer. */
export function cachedFor<T>(seconds: number, look: () => Promise<T>): () => Promise<T> {
  let looked = -Infinity;
  let answer: Promise<T> | undefined;
  return () => {
    const now = performance.now();
    if (answer === undefined || now - looked >= seconds * 1000) {
      looked = now;
      answer = look();
      // What failed is asked again at once.
      answer.catch(() => (looked = -Infinity));
    }
    return answer;
  };
}
