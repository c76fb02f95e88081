import { circle } from '../../../libs/domain/src/circle.js';
import { missing } from './missing.js';

export const server = { circle, missing };
