/** How each kind of figure is read: said on the help page, and linked from every figure. */
export const readings = {
  best: {
    title: 'Best so far',
    text: 'Each point is a result, in the order they came; the line is the best until then. The band is what the model had expected of each result before it knew, and holds 19 of 20 of them if it is honest. Crosses are samples that failed.',
  },
  ternary: {
    title: 'Ternary map',
    text: 'Each corner is a pure component, and each side opposite a corner has none of it. The numbers along a side are percent of the component whose corner they rise to. Dots are experiments, the star is the best, rings are proposed or in the lab.',
  },
  quaternary: {
    title: 'Quaternary map',
    text: 'A tetrahedron, with a pure component at each corner and none of it on the face across. A place is the nearer to a corner the more it has of that component. Drag it or use the arrow keys to turn it: what lies behind is fainter and smaller, and dashed edges run behind the body. Enter goes from experiment to experiment.',
  },
  plane: {
    title: 'Map over two parameters',
    text: 'Each place is a choice of both parameters, its colour what the bar below it says. Dots are experiments, the star is the best, rings are proposed or in the lab.',
  },
  line: {
    title: 'Prediction along one dimension',
    text: 'The line is what the model expects, the band holds 19 of 20 results. It narrows where something was measured and widens where nothing is known.',
  },
  strips: {
    title: 'Along each dimension',
    text: 'All results over one dimension at a time, whatever the others were. A slope that shows here needs no model; where none shows, the other dimensions may cover it up.',
  },
  parallel: {
    title: 'Parallel coordinates',
    text: 'Each line is an experiment and crosses each dimension at its value. Brighter lines gave more: where they run together is what the good ones have in common.',
  },
  coverage: {
    title: 'Coverage',
    text: 'How many experiments lie in each part of each dimension. Of an empty part nothing is known first hand; the model can only guess from its surroundings.',
  },
  parity: {
    title: 'Parity',
    text: 'Each point is a result, across what a model predicted that had not seen it: on the line it was right. Bars should hold 19 of 20 results; diamonds lie outside of theirs.',
  },
  calibration: {
    title: 'Calibration',
    text: 'Of intervals that promise to hold a share of the results, how many did. Above the line the model is more careful than need be, below it is too sure. Inside the band the difference may be chance.',
  },
  residuals: {
    title: 'Residuals over time',
    text: 'How far each result was from what had been predicted before it was made, in standard deviations. A line that leaves zero for long is a drift: of the laboratory, or into a part of the space that the model does not know.',
  },
  learning: {
    title: 'Learning curve',
    text: 'The error of left-out predictions over the number of results that the model learned from. It should fall; it may rise when results come from where little was known.',
  },
  shapley: {
    title: 'Shapley values',
    text: 'Each dot is a result; how far it lies from zero is what that column adds to its prediction, or takes from it. A colour that runs from left to right is a trend.',
  },
  whiskers: {
    title: 'Values with their bars',
    text: 'Each dot is an estimate and its bar two standard deviations or errors to either side. A bar that crosses zero means that no difference can be told from so few results.',
  },
  dependence: {
    title: 'Partial dependence',
    text: 'The average prediction when one column is set to each of its values and everything else stays as it was tried. It says what the model does, and a model may mistake what goes along with a column for its effect.',
  },
  correlations: {
    title: 'Correlations',
    text: 'How any two columns go with each other: green together, brown against each other. Near zero says only that there is no straight line, and no correlation says what causes what.',
  },
  groups: {
    title: 'Groups of candidates',
    text: 'Candidates along the two directions in which they vary most: near ones are alike, and a colour is a group. A group without a result is a part of the space that nothing is known of first hand.',
  },
  tree: {
    title: 'Tree of results',
    text: 'Results that are most alike join first; the farther to the right two branches meet, the less alike they are. Where a branch has one colour, the value goes with the place.',
  },
  front: {
    title: 'Front of two goals',
    text: 'Filled points are beaten by no other in both goals at once; the stairs are how far was reached. What is better in one goal along the front is paid for in the other.',
  },
  hypervolume: {
    title: 'Hypervolume',
    text: 'The share of the box between the worst and the best of each goal that some result beats. It grows with every result that moves the front, and stays level while none does.',
  },
  nyquist: {
    title: 'Nyquist plot',
    text: 'Each point is one frequency, the highest at the left. Where the arc comes down to the axis is the resistance of the sample; the tail to the right of it belongs to the electrodes.',
  },
  arrhenius: {
    title: 'Arrhenius plot',
    text: 'Conductivity times temperature over inverse temperature, so that one process is a straight line: the steeper it is the higher is its activation energy. A bend means a second process or a phase change.',
  },
  replicates: {
    title: 'Spread of replicates',
    text: 'Points that were measured more than once, each with all its values. What differs here differs by making and measuring alone, and no model can do better.',
  },
  rehearsal: {
    title: 'Rehearsal',
    text: 'Campaigns played on the model before samples are spent: the line is the median of the best so far, the bands hold half and nine of ten of the plays. It is as good as the model that it was played on.',
  },
  stations: {
    title: 'Work of the stations',
    text: 'A row a station, a bar an experiment from when it was claimed until it ended. Gaps are time in which a station had nothing to do, or did not answer.',
  },
} as const;

export type Reading = keyof typeof readings;

export const readingId = (reading: Reading): string => `reading-${reading}`;
export const readingAddress = (reading: Reading): string => `/help#${readingId(reading)}`;

export const readingKeys = Object.keys(readings) as readonly Reading[];
