import { campaign } from './index.js';

export const circle = (): unknown => campaign;
