import { follow } from './follow.ts';
import { tour } from './tour.ts';

follow(tour);
