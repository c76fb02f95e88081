const elements =
  'Ac|Ag|Al|Am|Ar|As|At|Au|Ba|Be|Bi|Br|Ca|Cd|Ce|Cl|Co|Cr|Cs|Cu|Dy|Er|Eu|Fe|Ga|Gd|Ge|He|Hf|Hg|Ho|In|Ir|Kr|La|Li|Lu|Mg|Mn|Mo|Na|Nb|Nd|Ne|Ni|Os|Pb|Pd|Pm|Po|Pr|Pt|Ra|Rb|Re|Rh|Ru|Sb|Sc|Se|Si|Sm|Sn|Sr|Ta|Tb|Tc|Te|Th|Ti|Tl|Tm|Xe|Yb|Zn|Zr|B|C|F|H|I|K|N|O|P|S|U|V|W|Y';
const count = String.raw`(?:\d+(?:\.\d+)?)?`;
const group = `(?:${elements})${count}`;
/** Two groups or more of an element and its count: Li2O and LiPF6, but not O2. */
const formula = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${group}|\((?:${group})+\)${count}){2,}(?![\p{L}\p{N}])`,
  'gu',
);
const subscripts = '₀₁₂₃₄₅₆₇₈₉';

/** Chemical formulas in a text, with their counts as subscripts: Li3PO4 25 % → Li₃PO₄ 25 %. */
export const formulaText = (text: string): string =>
  text.replaceAll(formula, (found) => found.replaceAll(/\d/g, (digit) => subscripts[Number(digit)] ?? digit));

/** A point in words, broken only between its parts: Li₃PO₄ 25 % · Li₃BO₃ 14 % · Li₂SO₄ 61 %. */
export const labelText = (label: string): string =>
  label
    .split(' · ')
    .map((part) => formulaText(part).replaceAll(' ', '\u00a0'))
    .join(' · ');

const whole = new RegExp(String.raw`^(?:${group}|\((?:${group})+\)${count})+$`, 'u');

/** Whether a text is nothing but elements and amounts, as Li1.3Al0.3Ti1.7(PO4)3. */
export const isPlainFormula = (text: string): boolean => whole.test(text);
