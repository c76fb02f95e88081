/** Okabe and Ito's colours, which the colour-blind can tell apart, deepened for white paper as in the dashboard. */
export const colours = {
  blue: '#00639c',
  orange: '#e69f00',
  green: '#009e73',
  red: '#d1500a',
  purple: '#b0558a',
  sky: '#56a8dc',
  grey: '#8a96a3',
  ink: '#14202b',
  soft: '#4a5865',
  faint: '#5c6a77',
  grid: '#e4e8ed',
  line: '#aab4be',
};

/** For what has an order of its own and no other colour. */
export const series = [
  colours.blue,
  colours.orange,
  colours.green,
  colours.red,
  colours.purple,
  colours.sky,
  '#7a6a00',
  '#5b4bb7',
  colours.grey,
];

const viridis = [
  '#440154',
  '#482878',
  '#3e4a89',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
];
const redBlue = ['#9c3a00', '#d1703a', '#eab795', '#f7f5f2', '#a3c8e2', '#4c93c2', '#00548a'];

/** t in [0, 1]. */
export const ordered = (t) => between(viridis, t);
/** t in [−1, 1], white in the middle, blue above. */
export const opposed = (t) => between(redBlue, (t + 1) / 2);

function between(stops, t) {
  const at = Math.min(1, Math.max(0, t)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const channel = (hex, k) => parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16);
  const mixed = [0, 1, 2].map((k) => {
    const [a, b] = [channel(stops[low], k), channel(stops[low + 1], k)];
    return Math.round(a + (b - a) * (at - low))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${mixed.join('')}`;
}

/** Whether words on this colour are better white. */
export const isDark = (hex) => {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 140;
};
