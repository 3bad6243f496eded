import { runTogether } from '../support/together';

runTogether('references');
