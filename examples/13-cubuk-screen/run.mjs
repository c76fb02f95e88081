import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figure } from '../support/figure.mjs';
import { inScratch, ionloop } from '../support/ionloop.mjs';
import { line, lying } from '../support/marks.mjs';
import { colours } from '../support/palette.mjs';
import { dataFile } from '../support/places.mjs';
import { plot } from '../support/plot.mjs';
import { range, rounded } from '../support/statistics.mjs';
import { readTable, writeTable } from '../support/table.mjs';

const spaced = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
const subscripts = (formula) => formula.replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[digit]);

export default function run({ small, folder }) {
  const top = small ? 20 : 200;
  const { screened, exhaustive } = inScratch((scratch) => {
    const results = join(scratch, 'known.csv');
    writeTable(
      results,
      readTable(dataFile('obelix/data.csv')).map((row) => ({
        formula: row.formula_cell,
        log10_sigma: Math.max(row.log10_conductivity_S_cm, -10),
      })),
    );
    const space = join(scratch, 'space.json');
    writeFileSync(space, JSON.stringify(small ? reduced(folder) : read(folder, 'space.json')));
    const screen = (more) =>
      ionloop([
        'screen',
        '--space',
        space,
        '--results',
        results,
        '--target',
        'log10_sigma',
        '--goal',
        'max',
        '--model',
        'forest',
        '--acquisition',
        'mean',
        '--funnel',
        join(folder, 'funnel.json'),
        '--top',
        top,
        '--threads',
        2,
        ...more,
      ]);
    return {
      screened: screen([
        '--teacher-student',
        '--labels',
        small ? 150 : 3000,
        '--alpha',
        20,
        '--student-properties',
        'electronegativity,shannonRadius,polarisability',
      ]),
      exhaustive: screen([]),
    };
  });
  const { degree, labels, heldOut, rankAgreement } = screened.student;
  const kept = new Set(screened.best.map(({ index }) => index));
  const share = (count) =>
    exhaustive.best.slice(0, count).filter(({ index }) => kept.has(index)).length /
    Math.min(count, exhaustive.best.length);
  const stages = [
    { name: 'generated', left: screened.stages[0].came },
    ...screened.stages.map(({ name, passed }) => ({ name, left: passed })),
  ];
  const neutral = stages.at(-3).left;
  const asked = labels + stages.at(-2).left;
  const saved = neutral / asked;
  const best = screened.best.slice(0, 5).map(({ point }) => point.formula);
  return {
    line: `${spaced(stages[0].left)} compositions: a polynomial taught by ${spaced(labels)} labels of a forest keeps ${Math.round(100 * share(20))} % of the forest's own best twenty, with ${saved.toFixed(1)} times fewer questions to the forest.`,
    outcome: `${stages.map(({ name, left }) => `${spaced(left)} (${name})`).join(' → ')}. The student is a polynomial of degree ${degree}; on ${heldOut} labels that it has not seen its ranks agree with the teacher's to ${rankAgreement.toFixed(2)}. The teacher alone, asked about all ${spaced(neutral)} that pass the hard filters, shows what was lost: of its best 20 the student kept ${Math.round(100 * share(20))} %, of its best 100 ${Math.round(100 * share(100))} %, for ${spaced(asked)} questions to the teacher. At the top: ${best.map((formula) => `\`${formula}\``).join(', ')}. The paper screened some 2 × 10¹⁰ compositions likewise; the same command does so in ranges on any number of machines, and goes on where it was ended.`,
    picture: draw({ stages, screened, exhaustive, share }),
    result: {
      stages,
      student: { degree, labels, heldOut, rankAgreement: rounded(rankAgreement, 3) },
      keptOfTeachersBest: Object.fromEntries(
        [20, 50, 100, 200].filter((count) => count <= top).map((count) => [count, rounded(share(count), 3)]),
      ),
      questionsSaved: rounded(saved, 3),
      best: screened.best
        .slice(0, 20)
        .map(({ point, mean }) => ({ formula: point.formula, log10Sigma: rounded(mean, 3) })),
    },
  };
}

const read = (folder, name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** Fewer elements on each site. */
function reduced(folder) {
  const { template, sites } = read(folder, 'space.json');
  return {
    template,
    sites: Object.fromEntries(
      Object.entries(sites).map(([site, elements]) => [site, elements.filter((_, i) => i % 2 === 1)]),
    ),
  };
}

function draw({ stages, screened, exhaustive, share }) {
  const bars = plot({
    ...{ width: 480, height: 300, title: 'What each stage leaves', margin: { left: 180, right: 76 } },
    x: { label: 'compositions left', scale: 'log', domain: [10, 1e7] },
    y: { scale: 'band', domain: stages.map(({ name }) => name) },
    marks: [
      lying(
        stages.map(({ name, left }, i) => [
          name,
          Math.max(left, 10),
          {
            text: spaced(left),
            colour:
              i === 0
                ? colours.grey
                : name === 'student'
                  ? colours.green
                  : name === 'teacher'
                    ? colours.orange
                    : colours.blue,
          },
        ]),
        { from: 10 },
      ),
    ],
  });
  const counts = range(exhaustive.best.length).map((i) => i + 1);
  const recall = plot({
    ...{ width: 430, height: 300, title: "What the student kept of the teacher's best" },
    x: { label: "the teacher's best n", domain: [1, exhaustive.best.length] },
    y: { label: 'kept / %', domain: [0, 104] },
    marks: [
      line(
        counts.map((count) => [count, 100 * share(count)]),
        { colour: colours.green },
      ),
    ],
  });
  const first = screened.best.slice(0, 24);
  const list = plot({
    ...{
      width: 936,
      height: 340,
      title: 'The best of those kept',
      note: 'σ at room temperature that the forest expects, with 68 %',
      margin: { bottom: 104 },
    },
    x: { scale: 'band', domain: first.map(({ point }) => subscripts(point.formula)), turn: -50 },
    y: { label: 'σ / S cm⁻¹', scale: 'log', domain: [1e-6, 1e-1] },
    marks: [
      ({ x, y }) =>
        first
          .map(({ point, mean, sd }) => {
            const at = x.place(subscripts(point.formula)).toFixed(1);
            const place = (value) => y.place(10 ** value).toFixed(1);
            return `<line x1="${at}" x2="${at}" y1="${place(mean - sd)}" y2="${place(mean + sd)}" stroke="${colours.sky}" stroke-width="3"/><circle cx="${at}" cy="${place(mean)}" r="5" fill="${colours.blue}"/>`;
          })
          .join(''),
    ],
  });
  return figure({
    title: 'A teacher, a student, and millions of compositions',
    says: 'A forest learned from OBELiX labels a sample; a polynomial learns to score as it does, screens everything, and hands the best back.',
    rows: [[bars, recall], [list]],
  });
}
