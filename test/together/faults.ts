import { runTogether } from '../support/together';

runTogether('faults');
