import { campaign } from '../../domain/src/index.js';
import { server } from '../../../apps/api/src/index.js';

export const breach = [campaign, server];
