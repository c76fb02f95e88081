import { readFileSync } from 'node:fs';
import { circle } from './circle.js';

export const campaign = { readFileSync, circle };
