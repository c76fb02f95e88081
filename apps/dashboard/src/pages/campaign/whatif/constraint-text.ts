import { fieldsOf, listOf, numberOr, textOr } from '../../../api/json.js';
import { formulaText } from '../../../format/formula.js';
import { tickText } from '../../../format/number.js';
import { listed } from '../../../format/words.js';

const relations: Readonly<Record<string, string>> = { '<=': '≤', '>=': '≥', '=': '=' };

/** `mixture.component` by what people say: the component. */
const called = (name: unknown): string => formulaText(textOr(name, '').split('.').at(-1) ?? '');

/** A constraint as it is read; its name where it has one. */
export function constraintText(json: unknown): string {
  const fields = fieldsOf(json);
  const { kind, name, relation, bound, of } = fields;
  if (typeof name === 'string' && name !== '') return name;
  const end = `${relations[textOr(relation, '')] ?? ''} ${tickText(numberOr(bound, 0))}`;
  switch (kind) {
    case 'linear': {
      const terms = listOf(fields['terms']).map((term) => {
        const { times, of: factor } = fieldsOf(term);
        return times === 1 ? called(factor) : `${tickText(numberOr(times, 1))} ${called(factor)}`;
      });
      return `${terms.join(' + ')} ${end}`;
    }
    case 'sum':
      return `${listOf(of).map(called).join(' + ')} ${end}`;
    case 'ratio':
      return `${called(of)} to ${called(fields['to'])}`;
    case 'forbidden':
      return `not ${listed(listOf(fields['when']).map((one) => called(fieldsOf(one)['of'])))} together`;
    case 'neutral':
      return 'charges sum to zero';
    case 'expression':
      return textOr(fields['expression'] ?? fields['holds'], 'an expression');
    default:
      return 'a constraint';
  }
}
