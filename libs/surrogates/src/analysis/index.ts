export { type AffinityOptions } from './affinity.js';
export { varianceInflation, type Inflation } from './collinearity.js';
export {
  averageRanks,
  correlationMap,
  pearson,
  spearman,
  type Correlation,
  type CorrelationMap,
} from './correlation.js';
export { averageDepth, isolationScores, type IsolationOptions } from './isolationForest.js';
export { kMeans, type KMeans, type KMeansOptions } from './kMeans.js';
export { pca, project, unproject, type Pca, type PcaOptions } from './pca.js';
export {
  residualOutliers,
  robustZ,
  type OutlierOptions,
  type ResidualOutliers,
  type RobustZ,
} from './robust.js';
export {
  chooseClusters,
  largestSilhouette,
  silhouette,
  type ClusterCountOptions,
  type ClusterCounts,
  type Silhouette,
} from './silhouette.js';
export {
  largestSpectral,
  spectralClusters,
  type SpectralClusters,
  type SpectralOptions,
} from './spectral.js';
export { scaled, standardScaling, type Scaling } from './table.js';
export {
  cutAtHeight,
  cutToClusters,
  largestWard,
  leafOrder,
  ward,
  type Dendrogram,
  type Merge,
} from './ward.js';
