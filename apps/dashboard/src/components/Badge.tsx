import type { JSX } from 'react';
import type { Tone } from '../format/words.js';

const signs: Readonly<Record<Tone, string>> = { neutral: '○', info: '◆', good: '●', warn: '▲', bad: '✕' };

/** A state in words; colour and sign only repeat it. */
export const Badge = ({ word, tone }: { readonly word: string; readonly tone: Tone }): JSX.Element => (
  <span className={`badge ${tone}`}>
    <span aria-hidden="true">{signs[tone]}</span>
    {word}
  </span>
);
