/** Numbers, most of them in long rows: which of a campaign's experiments an import has made. */
export class OwnNumbers {
  private readonly stretches: { readonly from: number; to: number }[] = [];

  /** From `from` on, so many; later than all before. */
  add(from: number, count: number): void {
    if (count === 0) return;
    const last = this.stretches.at(-1);
    if (last?.to === from) last.to += count;
    else this.stretches.push({ from, to: from + count });
  }

  has(number: number): boolean {
    let [low, high] = [0, this.stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.stretches[middle]?.to ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    return number >= (this.stretches[low]?.from ?? Infinity);
  }
}
