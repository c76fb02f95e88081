const key = 'ionloop.tour';

/** Whether the tour was taken, or somebody did not want it. */
export function tourSeen(): boolean {
  try {
    return localStorage.getItem(key) === 'seen';
  } catch {
    return true;
  }
}

export function markTourSeen(): void {
  try {
    localStorage.setItem(key, 'seen');
  } catch {
    // It is offered again then.
  }
}
