-- CreateIndex
CREATE INDEX "absence_by_end" ON "absence"("convention", "until") WHERE (until IS NOT NULL);
