const labels: Readonly<Record<string, string>> = {
  gp: 'Gaussian process',
  forest: 'Random forest',
  'extra-trees': 'Extra trees',
  boosting: 'Gradient boosting',
  xgb: 'Second-order boosting',
  tree: 'One tree',
  linear: 'Least squares',
  ridge: 'Ridge',
  'elastic-net': 'Elastic net',
  lasso: 'Lasso',
  'bayesian-linear': 'Bayesian linear',
  quadratic: 'Quadratic',
  'svr-rbf': 'Support vectors, RBF',
  'svr-poly': 'Support vectors, cubic',
  knn: 'Nearest neighbours',
  'sparse-gp': 'Sparse Gaussian process',
  'feature-gp': 'Random-feature process',
  'gp-skewed': 'Process of a skewed response',
  voting: 'Vote of three',
  best: 'The best of five',
  auto: 'Stack (auto)',
};

/** What people call a model of the bench. */
export const benchLabel = (name: string): string => labels[name] ?? name;

/** Those that answer the usual question in a minute; all of them take several. */
export const usualModels = [
  'gp',
  'forest',
  'extra-trees',
  'boosting',
  'ridge',
  'svr-rbf',
  'knn',
  'auto',
] as const;
