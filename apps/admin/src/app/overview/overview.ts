import { httpResource } from '@angular/common/http';
import { Component, computed } from '@angular/core';

interface Readiness {
  status: string;
  search_by_meaning?: 'available' | 'unavailable' | 'off';
}

/** The first page of the console: is the server well, and how to reach it. */
@Component({
  selector: 'app-overview',
  templateUrl: './overview.html',
})
export class Overview {
  protected readonly readiness = httpResource<Readiness>(() => '/readyz');
  protected readonly origin = location.origin;
  protected readonly meaning = computed(() =>
    this.readiness.hasValue() ? (this.readiness.value().search_by_meaning ?? null) : null,
  );
}
