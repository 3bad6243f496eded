import { runTogether } from '../support/together';

runTogether('trigger');
