/** Who plans. A peer's `revision` grows with every change to its script that lets it ask for another row. */
const peer = (title, script, more = {}) => ({ kind: 'peer', title, script, args: [], revision: 1, ...more });
const own = (title) => ({ kind: 'own', title });

/** Cheapest first. */
export const contestants = {
  random: own('random'),
  forest_ei: peer('scikit-learn forest, EI', 'forest_ei.py'),
  optuna_tpe: peer('Optuna TPE', 'optuna_samplers.py', { args: ['tpe'] }),
  process_ei: peer('scikit-learn GP, EI', 'process_ei.py'),
  botorch: peer('BoTorch', 'botorch_log_nei.py'),
  optuna_gp: peer('Optuna GP', 'optuna_samplers.py', { args: ['gp'] }),
  baybe: peer('BayBE', 'baybe_default.py'),
  physbo: peer('PHYSBO', 'physbo_ei.py'),
  auto: own('auto'),
  'gp-log-ei': own('gp-log-ei'),
  'gp-ucb': own('gp-ucb'),
  'gp-thompson': own('gp-thompson'),
  'forest-ucb': own('forest-ucb'),
};

/** For the case of two objectives. */
export const severalObjectives = { botorch_nehvi: peer('BoTorch, qNEHVI', 'botorch_nehvi.py') };

export const peerNames = Object.keys(contestants).filter((name) => contestants[name].kind === 'peer');
export const ownNames = Object.keys(contestants).filter((name) => contestants[name].kind === 'own');
