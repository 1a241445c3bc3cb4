"""Writers of documents: neutral content becomes PDF, DOCX or XLSX."""
