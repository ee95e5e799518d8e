import { httpResource } from '@angular/common/http';
import { Component, computed } from '@angular/core';

interface Readiness {
  status: string;
  checks?: Record<string, { ok: boolean; detail?: string }>;
}

/** The first page of the console: is the server well, and how to reach it. */
@Component({
  selector: 'app-overview',
  templateUrl: './overview.html',
})
export class Overview {
  protected readonly readiness = httpResource<Readiness>(() => '/readyz');
  protected readonly origin = location.origin;
  protected readonly checks = computed(() =>
    this.readiness.hasValue() ? Object.entries(this.readiness.value().checks ?? {}) : [],
  );
}
