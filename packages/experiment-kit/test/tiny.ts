import { loadExperiment } from '../src/load-experiment';
import { FIXTURES } from './command-line';

export const tiny = loadExperiment('tiny', FIXTURES);
