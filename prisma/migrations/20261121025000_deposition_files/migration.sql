-- AddForeignKey
ALTER TABLE "deposition_file" ADD CONSTRAINT "deposition_file_digest_fkey" FOREIGN KEY ("digest") REFERENCES "file"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;
