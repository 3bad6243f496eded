import { runTogether } from '../support/together';

runTogether('engine/values');
