import { runTogether } from '../support/together';

runTogether('values');
