/** Lithium compounds of common shapes with every element on every site, as a stand-in for the 12 831 of the Materials Project that the paper began with. */
import { formatFormula, parseFormula } from '@ionloop/chemistry';
import { openStream } from '@ionloop/space';

const cations =
  'B C Mg Al Si P Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Sr Y Zr Nb Mo Ag Cd In Sn Sb Ba La Ce Nd Gd Yb Hf Ta W Bi Pb'.split(
    ' ',
  );
const anions = 'N O F S Cl Se Br I'.split(' ');
const shapes = [
  'Li{A}{X}2',
  'Li{A}{X}3',
  'Li3{A}{X}4',
  'Li4{A}{X}4',
  'Li5{A}{X}4',
  'Li2{A}{X}3',
  'Li2{A}{X}4',
  'Li3{A}{X}6',
  'Li{A}{B}{X}4',
  'Li2{A}{B}{X}4',
  'Li{A}2{B}3{X}12',
  'Li7{A}3{B}2{X}12',
  'Li10{A}{B}2{X}12',
  'Li6{A}{X}5{Y}',
];

/** {formula, elements, neutral}: neutral in the elements' usual charges. Elements that change places are one candidate. */
export function* candidates(shapesWanted = shapes.length) {
  const seen = new Set();
  for (const template of shapes.slice(-shapesWanted)) {
    const sites = Object.fromEntries(
      [...template.matchAll(/\{(\w)\}/g)].map(([, site]) => [
        site,
        site === 'X' || site === 'Y' ? anions : cations,
      ]),
    );
    const stream = openStream({ template, sites, properties: ['electronegativity'] });
    const charge = stream.names.indexOf('charge');
    for (const { from, X, ids } of stream.blocks(0n, stream.size, 1024)) {
      for (let i = 0; i < X.rows; i++) {
        const { formula } = stream.pointAt(from + BigInt(ids[i]));
        const parts = parseFormula(formula);
        const key = formatFormula(parts);
        if (seen.has(key)) continue;
        seen.add(key);
        const elements = parts.map(({ element }) => element);
        yield { formula, elements, neutral: Math.abs(X.data[i * X.cols + charge]) < 1e-9 };
      }
    }
  }
}
