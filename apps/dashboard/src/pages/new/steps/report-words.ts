import type { HistoryReport } from '../../../api/history.js';
import { countText } from '../../../format/number.js';

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;

/** What an import would do, in a sentence or two. */
export function reportSentence(report: HistoryReport): string {
  const { rows, experiments, measurements, failures, replicates, duplicates, bad, isRepeated } = report;
  const more = [
    replicates > 0 ? counted(replicates, 'of them is a replicate', 'of them are replicates') : '',
    failures > 0 ? `${counted(failures, 'experiment')} that failed` : '',
    duplicates > 0 ? `${counted(duplicates, 'row says', 'rows say')} what is known already` : '',
  ].filter((part) => part !== '');
  return [
    isRepeated ? 'This file was brought in before. ' : '',
    `${counted(rows, 'row')}: ${counted(experiments, 'new experiment')} with ${counted(measurements, 'measurement')}`,
    more.length > 0 ? `; ${more.join('; ')}` : '',
    bad === 0 ? '.' : `. ${counted(bad, 'row')} cannot be imported.`,
  ].join('');
}
