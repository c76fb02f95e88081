/** What a campaign is exported as. */
export const exportFormats = {
  csv: { mediaType: 'text/csv; charset=utf-8', ending: '.csv' },
  jsonld: { mediaType: 'application/ld+json', ending: '.jsonld' },
  bundle: { mediaType: 'application/gzip', ending: '.tar.gz' },
} as const;

export type ExportFormat = keyof typeof exportFormats;
