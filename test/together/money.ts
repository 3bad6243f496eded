import { runTogether } from '../support/together';

runTogether('money');
