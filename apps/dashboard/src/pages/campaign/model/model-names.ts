const names: Readonly<Record<string, string>> = {
  'gaussian-process': 'Gaussian process',
  'random-forest': 'Random forest',
  mixture: 'Several models as one',
};

/** What people call a kind of model. */
export const modelName = (kind: string): string =>
  names[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('-', ' ');
